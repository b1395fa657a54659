import type { RiskRow } from "@onsale/contract/risk";
import portal from "../admin/portal.module.css";

export function StateOfMark({ mark }: { mark: RiskRow["mark"] }) {
  if (!mark) return <span className={portal["sub"]}>none</span>;
  return mark.state === "blocked" ? <strong>✕ blocked</strong> : <span>✓ cleared</span>;
}
