import { ButtonLink } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { safePath } from "./safe-path.ts";

/** For who comes back to these pages, by Back or an old link, and is signed in: where to go on. */
export function SignedInAlready({ name, next }: { name: string; next: string }) {
  return (
    <Notice tone="go" title={`You are signed in as ${name}.`}>
      <ButtonLink href={safePath(next)}>Go on</ButtonLink>
    </Notice>
  );
}
