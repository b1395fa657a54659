/**
 * The API beside one static file, for bench/line.ts: what a poll of the line's document costs is compared with a file
 * of the same bytes from the same server. GET /cpu answers the processor time that this process has used, in microseconds.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { loadConfig } from "@onsale/api/config";
import { composeContainer } from "@onsale/api/compose/container";
import { makeApiHandler } from "@onsale/api/http/api-handler";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("name the static file");
const container = composeContainer(loadConfig(process.env), { name: "bench" });
const answerApi = makeApiHandler(container);
const server = createServer((req, res) => {
  if (req.url === "/cpu") {
    const { user, system } = process.cpuUsage();
    res.end(String(user + system));
  } else if (req.url === "/static") {
    void readFile(file).then((body) =>
      res.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body),
    );
  } else if (!answerApi(req, res)) res.writeHead(404).end();
});
server.listen(container.config.port, "127.0.0.1");
process.on("SIGTERM", () => {
  server.closeAllConnections();
  server.close(() => void container.close().then(() => process.exit(0)));
});
