import type { RiskRow } from "@onsale/contract/risk";

export function StateOfMark({ mark }: { mark: RiskRow["mark"] }) {
  if (!mark) return <span className="soft">none</span>;
  return mark.state === "blocked" ? <strong>✕ blocked</strong> : <span>✓ cleared</span>;
}
