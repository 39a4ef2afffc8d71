// bench-pdfjs.mjs NODE_MODULES FILE…: the text of PDFs by pdf.js, for the benchmark; prints how many characters there are.
import { readFileSync } from 'node:fs';
const [modules, ...files] = process.argv.slice(2);
const { getDocument } = await import(modules + '/pdfjs-dist/legacy/build/pdf.mjs');
for (const file of files) {
    const pdf = await getDocument({
        data: new Uint8Array(readFileSync(file)),
        cMapUrl: modules + '/pdfjs-dist/cmaps/',
        cMapPacked: true,
        standardFontDataUrl: modules + '/pdfjs-dist/standard_fonts/',
        verbosity: 0,
    }).promise;
    let n = 0;
    for (let i = 1; i <= pdf.numPages; i++) {
        const text = await (await pdf.getPage(i)).getTextContent();
        for (const item of text.items) n += item.str.length;
    }
    process.stdout.write(n + '\n');
    await pdf.destroy();
}
process.exit(0);
