// Starts `wsconform serve` with a user, ann, whose password is "open sesame", for the tests beside it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const user = "ann";
export const password = "open sesame";

export async function serve(program) {
  const folder = mkdtempSync(join(tmpdir(), "wsconform-serve-"));
  const users = join(folder, "users");
  writeFileSync(users, execFileSync(program, ["passwd", user, "--cost", "10"], { input: password + "\n" }));
  const server = spawn(program, ["serve", "--port", "0", "--log-level", "warning", "--passwords", users],
    { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => server.on("exit", resolve));
  const said = await new Promise((resolve, reject) => {
    server.stdout.once("data", (bytes) => resolve(String(bytes)));
    server.once("exit", () => reject(new Error("the server ended at once")));
  });
  const address = /ws:\/\/(\S+)/.exec(said)[1];
  return {
    folder,
    http: `http://${address}`,
    ws: `ws://${address}`,
    async stop() {
      server.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}
