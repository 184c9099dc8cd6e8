// Bundles the extension into dist/extension.js; with `--tests`, the tests into dist/test.
import { build } from "esbuild";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const shared = { absWorkingDir: root, bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  const tests = readdirSync(join(root, "test")).filter((name) => name.endsWith(".test.ts"));
  // The editor's module is the tests' own.
  const alias = { vscode: join(root, "test", "vscode.ts") };
  await build({ ...shared, alias, entryPoints: tests.map((name) => `test/${name}`), outdir: "dist/test", sourcemap: "inline" });
} else {
  await build({ ...shared, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"], minify: true });
}
