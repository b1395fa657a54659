import { EmailCode } from "@onsale/core/account/verify-email";
import { formText } from "../../ui/form-text.ts";

/** For forms with the digits of a mail. */
export const codeFault = (form: FormData) => ({
  code: EmailCode.safeParse(formText(form, "code")).success ? undefined : "The code has six digits.",
});
