import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { readFailure } from "../errors/app-failure.ts";

export function CodeNotice({ error }: { error: unknown }) {
  const { code, details } = readFailure(error);
  if (code !== "account.bad_code") return <FailureNotice error={error} />;
  const left = details.triesLeft;
  return (
    <Notice tone="stop" title={left > 0 ? "That code does not fit." : "That code is not good any more."}>
      <p>
        {left > 0
          ? `Check the digits. ${left === 1 ? "One try is" : `${left} tries are`} left.`
          : "Ask for a new one below."}
      </p>
    </Notice>
  );
}
