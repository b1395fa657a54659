type Texts<Form> = { [Key in keyof Form]: Form[Key] extends string ? Key : never }[keyof Form] & string;

/** What an input has of one text of a form: its name, what stands in it, and where a change of it goes. */
export const textField =
  <Form>({ form, set }: { form: Form; set: (patch: Partial<Form>) => void }) =>
  <Key extends Texts<Form>>(key: Key) => ({
    name: key,
    value: form[key] as string,
    onChange: (change: { currentTarget: { value: string } }) =>
      set({ [key]: change.currentTarget.value } as unknown as Partial<Form>),
  });
