"use client";

import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { type KeyboardEvent, useState } from "react";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { CellField } from "../../ui/cell-field.tsx";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { useUndo } from "../../ui/toast/use-undo.ts";
import { cellKey, type PriceForm, withoutType, withTypeAgain } from "./price-form.ts";
import { withType } from "./ticket-type-form.ts";

type Category = SeatPlan["categories"][number];
type CellsProps = {
  readonly form: PriceForm;
  readonly faults: FieldFaults;
  readonly set: (patch: Partial<PriceForm>) => void;
  readonly plan: SeatPlan;
  readonly currency: string;
};

/** What each price level costs for each ticket type. */
export function PriceCells(props: CellsProps) {
  const { form, faults, set, plan, currency } = props;
  const columns: readonly TableColumn<Category>[] = [
    { id: "category", header: "Price level", names: true, cell: ({ label }) => label },
    ...form.types.map((type): TableColumn<Category> => ({
      id: type.key,
      header: type.label,
      figures: true,
      cell: (category) => {
        const key = cellKey(category.key, type.key);
        return (
          <CellField
            label={`${category.label}, ${type.label}, ${currency}`}
            look="amount"
            error={faults[key]}
          >
            {(attributes) => (
              <input
                {...attributes}
                inputMode="decimal"
                placeholder="not sold"
                value={form.cells[key] ?? ""}
                onChange={({ currentTarget: { value } }) => set({ cells: { ...form.cells, [key]: value } })}
              />
            )}
          </CellField>
        );
      },
    })),
  ];
  return (
    <>
      <DataTable
        label={`Prices in ${currency} by price level and ticket type`}
        columns={columns}
        rows={plan.categories}
        keyOf={({ key }) => key}
      />
      <TicketTypes {...props} />
    </>
  );
}

/** One more, and each of them out, as long as one is left. */
function TicketTypes({ form, faults, set }: CellsProps) {
  const [name, setName] = useState("");
  const [fault, setFault] = useState<string>();
  const undo = useUndo(form);
  const add = () => {
    const added = withType(form.types, name);
    setFault("fault" in added ? added.fault : undefined);
    if ("fault" in added) return;
    set({ types: added.types });
    setName("");
  };
  const remove = (key: string, label: string) => {
    set(withoutType(form, key));
    undo(`${label} was taken out.`, (now) => set(withTypeAgain(now, form, key)));
  };
  return (
    <Actions>
      <CellField label="Name of a new ticket type" error={fault ?? faults["types"]}>
        {(attributes) => (
          <input
            {...attributes}
            placeholder="Child, VIP, ..."
            value={name}
            onChange={({ currentTarget: { value } }) => {
              setFault(undefined);
              setName(value);
            }}
            onKeyDown={({ key }: KeyboardEvent) => {
              if (key === "Enter") add();
            }}
          />
        )}
      </CellField>
      <Button onClick={add}>Add a ticket type</Button>
      {form.types.length > 1 &&
        form.types.map(({ key, label }) => (
          <Button key={key} kind="quiet" onClick={() => remove(key, label)}>
            Remove {label}
          </Button>
        ))}
    </Actions>
  );
}
