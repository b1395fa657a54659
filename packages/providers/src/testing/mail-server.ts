import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** A mail server that takes what it is told to take, on this machine; it speaks as much SMTP as a mailer asks for. */
export type MailServer = AsyncDisposable & {
  readonly url: string;
  /** Of the mails that it took, in the order in which they came. */
  readonly recipients: string[];
  /** Connections that were ever made. */
  readonly connections: () => number;
};

/** `answer`: what is said to a recipient ("250 ok"); one that never comes is a server that hangs. */
export async function openMailServer(
  answer: (recipient: string) => string | Promise<string> = () => "250 ok",
): Promise<MailServer> {
  const recipients: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    void converse(socket, { answer, recipients });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recipients,
    connections: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function converse(
  socket: Socket,
  { answer, recipients }: { answer: Parameters<typeof openMailServer>[0] & {}; recipients: string[] },
): Promise<void> {
  const say = (line: string) => void socket.write(`${line}\r\n`);
  let [recipient, isText] = ["", false];
  say("220 ready");
  for await (const line of createInterface({ input: socket })) {
    if (isText) {
      isText = line !== ".";
      if (isText) continue;
      recipients.push(recipient);
      say("250 taken");
    } else if (line.startsWith("RCPT")) {
      recipient = /<(.*)>/.exec(line)?.[1] ?? "";
      say(await answer(recipient));
    } else if (line === "DATA") {
      isText = true;
      say("354 go on");
    } else say("250 ok");
  }
}
