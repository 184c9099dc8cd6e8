// Makes a VSIX for one platform: `package.mjs [TARGET] [FILE]`, linux-x64 and statuslint-TARGET.vsix if
// nothing is said. STATUSLINT is the binary to put into it; `none` makes one without.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [target = "linux-x64", file = `statuslint-${target}.vsix`] = process.argv.slice(2);
const vsix = resolve(file);
const binary = process.env.STATUSLINT;
if (!binary) {
  console.error("STATUSLINT is to name the binary of the server, or to be `none`");
  process.exit(2);
}

const server = join(root, "server");
rmSync(server, { recursive: true, force: true });
if (binary !== "none") {
  mkdirSync(server);
  const name = target.startsWith("win32") ? "statuslint.exe" : "statuslint";
  copyFileSync(resolve(binary), join(server, name));
  chmodSync(join(server, name), 0o755);
}
for (const license of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  copyFileSync(join(root, "..", "..", license), join(root, license));
}
const node = (script, ...options) =>
  execFileSync(process.execPath, [join(root, script), ...options], { cwd: root, stdio: "inherit" });
node("scripts/build.mjs");
const here = "https://github.com/statuslint/statuslint/KIND/HEAD/editors/vscode";
node(
  ...["node_modules/@vscode/vsce/vsce", "package", "--target", target, "--no-dependencies", "--out", vsix],
  // It does not know that the extension is a folder of its repository.
  ...["--baseImagesUrl", here.replace("KIND", "raw"), "--baseContentUrl", here.replace("KIND", "blob")],
);
console.log(`${basename(vsix)}: ${binary === "none" ? "without a server" : "with its server"}`);
