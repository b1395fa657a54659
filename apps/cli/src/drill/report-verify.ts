import { ReportSignature, type SignedReport, SignedReportSchema } from "@onsale/core/drill/report-schema";
import { findTotalsProblem } from "@onsale/core/drill/report-totals";
import { fingerprintOf, isSignedBy } from "./report-signature.ts";
import type { ErrorDetails } from "@onsale/core/shared/error-details";
import { AppError } from "@onsale/core/shared/errors";

type Why = ErrorDetails["report.refused"]["why"];

/** Throws report.refused with the rule that is broken and its place in the report. */
export function refuseReport(why: Why, place?: { readonly at: string; readonly rule: string }): never {
  throw new AppError("report.refused", { why, ...place });
}

/** The report in a text, if nothing of it was altered since it was signed and what it says twice agrees. */
export function verifyReport(
  text: string,
  { publicKey }: { readonly publicKey?: string | undefined },
): SignedReport {
  const found = parse(text);
  if (typeof found !== "object" || found === null || !("signature" in found)) refuseReport("not_a_report");
  const signature = ReportSignature.safeParse(found.signature);
  if (!signature.success) refuseReport("not_a_report", firstIssue(signature.error.issues, ["signature"]));
  // Before its form, so that an altered report is called altered.
  if (!isSignedBy(found as SignedReport)) refuseReport("signature");
  const report = SignedReportSchema.safeParse(found);
  if (!report.success) refuseReport("not_a_report", firstIssue(report.error.issues, []));
  if (publicKey !== undefined && publicKey !== signature.data.publicKey)
    refuseReport("key", {
      at: "signature.publicKey",
      rule: `it is ${fingerprintOf(signature.data.publicKey)}`,
    });
  const problem = findTotalsProblem(report.data);
  if (problem) refuseReport("totals", problem);
  return report.data;
}

/** White space between values is free; everything else is as JSON.stringify writes it, so each name stands there once. */
function parse(text: string): unknown {
  let found: unknown;
  try {
    found = JSON.parse(text) as unknown;
  } catch {
    refuseReport("not_json");
  }
  const dense = text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
  if (JSON.stringify(found) !== dense) refuseReport("spelling");
  return found;
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

function firstIssue(issues: readonly Issue[], before: readonly PropertyKey[]): { at: string; rule: string } {
  const [issue] = issues;
  return {
    at: [...before, ...(issue?.path ?? [])].map(String).join(".") || "the report",
    rule: issue?.message ?? "not understood",
  };
}
