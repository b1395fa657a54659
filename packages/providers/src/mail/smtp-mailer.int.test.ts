import { MailServerAway } from "@onsale/core/mail/mailer";
import { expect, onTestFinished, test } from "vitest";
import { openMailServer } from "../testing/mail-server.ts";
import { makeSmtpMailer } from "./smtp-mailer.ts";
import { makeMailer } from "./write-mail.ts";

const FROM = "Onsale <tickets@onsale.example>";

async function mailerTo(answer?: Parameters<typeof openMailServer>[0]) {
  const server = await openMailServer(answer);
  const open = () => {
    const mailer = makeSmtpMailer({ url: server.url, from: FROM });
    onTestFinished(() => mailer.close());
    return mailer;
  };
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { server, open };
}

const mail = (to: string) => ({ to, subject: "Your tickets", text: "Hello\n", messageId: to });

test("a hundred mails go over a few connections that are kept", async () => {
  const { server, open } = await mailerTo();
  const mailer = open();
  const all = Array.from({ length: 100 }, (_, n) => `fan${n}@onsale.example`);
  await Promise.all(all.map((to) => mailer.carry(mail(to))));
  expect(server.recipients.toSorted()).toEqual(all.toSorted());
  expect(server.connections()).toBe(5);
});

test("a mail that the server will not have is refused; one that it has no time for says so, and so does a server that is away", async () => {
  const { open, server } = await mailerTo((to) =>
    to.startsWith("busy") ? "451 try again later" : "550 no such mailbox",
  );
  const refused = await open()
    .carry(mail("nobody@onsale.example"))
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({ responseCode: 550 });
  expect(refused).not.toBeInstanceOf(MailServerAway);
  await expect(open().carry(mail("busy@onsale.example"))).rejects.toThrow(MailServerAway);
  await server[Symbol.asyncDispose]();
  await expect(open().carry(mail("fan@onsale.example"))).rejects.toThrow(MailServerAway);
});

test("a code that somebody waits for overtakes mails of orders that hang", async () => {
  const { server, open } = await mailerTo((to) =>
    to.startsWith("slow") ? new Promise<never>(() => undefined) : "250 ok",
  );
  const mailer = makeMailer(open(), open());
  let ended = 0;
  const late = Array.from({ length: 20 }, (_, n) =>
    mailer
      .send({
        kind: "password_set",
        to: `slow${n}@onsale.example`,
        messageId: `m${n}`,
        facts: { pageUrl: "" },
      })
      .catch((error: unknown) => {
        ended++;
        return error;
      }),
  );
  await mailer.send({
    kind: "sign_up",
    to: "fan@onsale.example",
    messageId: "code",
    facts: { code: "042137", goodForMs: 900_000 },
  });
  expect([server.recipients, ended]).toEqual([["fan@onsale.example"], 0]);
  await server[Symbol.asyncDispose]();
  for (const error of await Promise.all(late)) expect(error).toBeInstanceOf(MailServerAway);
});
