# What docs/SCHEMA.md, docs/RULES.md and README.md show as output is what the program prints. Lines of rule files move: they are left out.
import json, os, re, subprocess, sys

program, rules, folder = os.environ["DABIAO"], os.environ["DABIAO_RULES"], sys.argv[1]
root = "../../../../"
run = lambda *a, **k: subprocess.run([program, *a], capture_output=True, text=True, **k).stdout
read = lambda name: open(root + name, encoding="utf-8").read()

schema = read("docs/SCHEMA.md")
shown = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", schema, re.S)]
measure = next(s for s in shown if isinstance(s, dict) and "quantity" in s)
report = json.load(open(folder + "/huaichuan-health-taskstable-2022.pdf.json", encoding="utf-8"))
if measure not in report["measures"]:
    print("SCHEMA.md shows", measure, "but it is", [m for m in report["measures"] if m["id"] == measure["id"]])
text = re.search(r"\$ echo '(.*?)' \| dabiao numbers", schema).group(1)
if json.loads(run("numbers", "--rules", rules, input=text + "\n")) not in shown:
    print("SCHEMA.md does not show what numbers prints")
for column in run("export", "--csv", "-", folder).splitlines()[0].split(","):
    if f"`{column}`" not in schema.split("## Tables")[1].split("\n## ")[0]:
        print("SCHEMA.md does not name the column", column)

strip = lambda s: [re.sub(r"yaml:\d+|priority \d+", "", " ".join(line.split())) for line in s.splitlines() if line.strip()]
for name in ("docs/RULES.md", "README.md"):
    command = None
    for fence in re.findall(r"^ *```\w*\n(.*?)^ *```", read(name), re.S | re.M):
        found = re.search(r"dabiao (rules explain .*)", fence)
        command = found.group(1) if found else command
        if ".yaml:" not in fence or " role " not in fence or not command:
            continue
        printed = strip(run(*command.split(), "--rules", rules))
        for line in strip(fence):
            if line not in printed and not line.startswith("$ "):
                print(name, "shows:", line)
print("done")
