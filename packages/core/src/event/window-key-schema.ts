import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";
import { WINDOW_KEY_MAX } from "./window-key.ts";

/** A sale window is named by its key: "public", or the key of a presale. */
export const WindowKey = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, rule("window_key"))
  .max(WINDOW_KEY_MAX);
