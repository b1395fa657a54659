import Link from "next/link";
import type { RiskRow } from "../../trpc/types.ts";
import portal from "../admin/portal.module.css";
import { ACTION_WORDS, OUTCOME_WORDS, signWords } from "./sign-words.ts";
import { StateOfMark } from "./state-of-mark.tsx";
import { Moment } from "./moment.tsx";

export function RiskTable({ rows }: { rows: readonly RiskRow[] }) {
  return (
    <div className={portal["scroll"]}>
      <table className={portal["table"]}>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Last seen</th>
            <th scope="col" className={portal["number"]}>
              Score
            </th>
            <th scope="col">Most of all because</th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ account, mark, sighting }) => (
            <tr key={account.id}>
              <th scope="row">
                <Link href={`/admin/risk/${account.id}`}>{account.email}</Link>
              </th>
              <td>
                {sighting ? (
                  <>
                    {OUTCOME_WORDS[sighting.outcome]} {ACTION_WORDS[sighting.action]},{" "}
                    <Moment atMs={sighting.atMs} />
                  </>
                ) : (
                  <span className={portal["sub"]}>not lately</span>
                )}
              </td>
              <td className={portal["number"]}>{sighting?.score ?? ""}</td>
              <td>{sighting?.signs[0] ? signWords(sighting.signs[0]) : ""}</td>
              <td>
                <StateOfMark mark={mark} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
