// The trees whose pages are opened, and what `sites` and `check` say about them.

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "../../..");

// A tree of its own, removed in the end.
function scratch() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "statuslint-report-"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Runs the binary; findings are no failure.
function statuslint(folder, ...options) {
  const settings = { cwd: folder, maxBuffer: 1 << 30, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
  try {
    return execFileSync(process.env.STATUSLINT, options, settings);
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

// Writes the page of a folder, and reads what it is to show.
function report(folder) {
  const page = path.join(scratch(), "page.html");
  statuslint(folder, "report", "-o", page);
  const { sites } = JSON.parse(statuslint(folder, "sites", "--output-format", "json"));
  const { findings } = JSON.parse(statuslint(folder, "check", "--output-format", "json"));
  return { page: `file://${page}`, sites, findings };
}

function write(folder, name, text) {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

// The services of examples/, which are wrong on purpose and described by OpenAPI.
const examples = () => path.join(root, "examples");

// Names and code that would act if they were taken for markup.
function hostile() {
  const folder = scratch();
  const attack = "<img src=x onerror=pwned=1><script>pwned=1</script>";
  const code = (status) => `from starlette.responses import Response\n\n\ndef a():\n    return Response(status_code=${status})  # </script>${attack}&lt;\u2028]]>\n`;
  write(folder, "<img src=x onerror=pwned=1>/\"onclick='pwned=1'.py", code(404));
  write(folder, "<!--<script>pwned=1<\\script>{{data}}.py", code(209));
  write(folder, "right\u202eyp.evil\u2028\nnext\u001b[31m.py", code(402));
  write(folder, `${"very-long-folder-name-".repeat(8)}/${"x".repeat(200)}.py`, code(500));
  write(folder, "openapi.yaml", `openapi: 3.1.0\npaths:\n  "/${attack}":\n    get:\n      responses:\n        "200": {description: a}\n        "404": {description: b}\n`);
  return folder;
}

// So many places that nothing may be drawn before it is asked for.
function large() {
  const folder = scratch();
  const codes = [200, 201, 204, 301, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503, 209, 402];
  for (let file = 0; file < 500; file += 1) {
    const lines = ["package a", "import \"net/http\"", "func a(w http.ResponseWriter) {"];
    for (let line = 0; line < 40; line += 1) lines.push(`\tw.WriteHeader(${codes[(file * 7 + line * 3) % codes.length]})`);
    write(folder, `services/s${file % 25}/handlers/h${file}.go`, `${lines.join("\n")}\n}\n`);
  }
  return folder;
}

module.exports = { examples, hostile, large, report };
