import { ReportSignature, type SignedReport, SignedReportSchema } from "@onsale/core/drill/report-schema";
import { findTotalsProblem } from "@onsale/core/drill/report-totals";
import { fingerprintOf, isSignedBy } from "./report-signature.ts";
import type { ErrorDetails } from "@onsale/core/shared/error-details";
import { AppError } from "@onsale/core/shared/errors";
import { schemaRule } from "@onsale/core/shared/schema-rule";

/** Throws report.refused with the rule that is broken and its place in the report. */
export function refuseReport(refusal: ErrorDetails["report.refused"]): never {
  throw new AppError("report.refused", refusal);
}

/** The report in a text, if nothing of it was altered since it was signed and what it says twice agrees. */
export function verifyReport(
  text: string,
  { publicKey }: { readonly publicKey?: string | undefined },
): SignedReport {
  const found = parse(text);
  if (typeof found !== "object" || found === null || !("signature" in found))
    refuseReport({ why: "not_a_report" });
  const signature = ReportSignature.safeParse(found.signature);
  if (!signature.success) refuseReport(firstIssue(signature.error.issues, ["signature"]));
  // Before its form, so that an altered report is called altered.
  if (!isSignedBy(found as SignedReport)) refuseReport({ why: "signature" });
  const report = SignedReportSchema.safeParse(found);
  if (!report.success) refuseReport(firstIssue(report.error.issues, []));
  if (publicKey !== undefined && publicKey !== signature.data.publicKey)
    refuseReport({ why: "key", fingerprint: fingerprintOf(signature.data.publicKey) });
  const problem = findTotalsProblem(report.data);
  if (problem) refuseReport({ why: "totals", ...problem });
  return report.data;
}

/** White space between values is free; everything else is as JSON.stringify writes it, so each name stands there once. */
function parse(text: string): unknown {
  let found: unknown;
  try {
    found = JSON.parse(text) as unknown;
  } catch {
    refuseReport({ why: "not_json" });
  }
  const dense = text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
  if (JSON.stringify(found) !== dense) refuseReport({ why: "spelling" });
  return found;
}

type Issue = Parameters<typeof schemaRule>[0];

function firstIssue(
  [issue]: readonly Issue[],
  before: readonly PropertyKey[],
): ErrorDetails["report.refused"] {
  if (!issue) return { why: "not_a_report" };
  const at = [...before, ...issue.path].map(String).join(".");
  return { why: "not_a_report", rule: schemaRule(issue), ...(at === "" ? {} : { at }) };
}
