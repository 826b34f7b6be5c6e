// Starts `wsconform serve` with a user, ann, whose password is "open sesame", for the tests beside it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const user = "ann";
export const password = "open sesame";

// `more`: further arguments. Over TLS where these say so.
export async function serve(program, more = []) {
  const folder = mkdtempSync(join(tmpdir(), "wsconform-serve-"));
  const users = join(folder, "users");
  writeFileSync(users, execFileSync(program, ["passwd", user, "--cost", "10"], { input: password + "\n" }));
  const server = spawn(program, ["serve", "--port", "0", "--log-level", "warning", "--passwords", users, ...more],
    { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => server.on("exit", resolve));
  const said = await new Promise((resolve, reject) => {
    let all = "";
    server.stdout.on("data", (bytes) => {
      all += bytes;
      if (/wss?:\/\/\S+\n/.test(all)) resolve(all);
    });
    server.once("exit", () => reject(new Error("the server ended at once")));
  });
  const [, tls, address] = /ws(s?):\/\/(\S+)/.exec(said);
  return {
    folder,
    http: `http${tls}://${address}`,
    ws: `ws${tls}://${address}`,
    async stop() {
      server.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}
