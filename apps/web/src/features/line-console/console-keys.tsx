import { Check } from "../../ui/check.tsx";
import { CONSOLE_KEYS, type ConsoleKeys } from "./use-console-keys.ts";
import styles from "./line-console.module.css";

/** The single keys of the console, and the switch that turns them off. */
export function KeyHelp({ keys }: { keys: ConsoleKeys }) {
  return (
    <details className={styles["keys"]}>
      <summary>Keys</summary>
      <dl>
        {CONSOLE_KEYS.map(({ key, says }) => (
          <div key={key}>
            <dt>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <p>A key leads to its lever; Enter pulls it. They rest while you type.</p>
      <Check checked={keys.on} onChange={({ currentTarget: { checked } }) => keys.setOn(checked)}>
        Use single keys
      </Check>
    </details>
  );
}
