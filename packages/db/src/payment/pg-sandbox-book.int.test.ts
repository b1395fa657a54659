import { describeSandboxBook } from "@onsale/core/payment/sandbox-book.contract";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgSandboxBook } from "./pg-sandbox-book.ts";

describeWithDatabase("the sandbox's books", (database) => {
  describeSandboxBook("in Postgres", () => makePgSandboxBook(database()));
});
