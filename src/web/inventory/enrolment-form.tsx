import { Field, Input } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useInventoryStyles } from './inventory-styles.ts';
import type { Enrolment } from './use-enrolment.ts';

/** For the button that sends it, which stands with the dialog's other actions. */
export const enrolmentFormId = 'enrolment';

interface EnrolmentFormProps {
  readonly enrolment: Pick<Enrolment, 'address' | 'addressProblem' | 'setAddress' | 'make'>;
}

/** Asks where people will open the gate: the command says it to the gate. */
export function EnrolmentForm({ enrolment }: EnrolmentFormProps) {
  const styles = useInventoryStyles();
  const { address, addressProblem, setAddress, make } = enrolment;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (addressProblem !== null) form.current?.querySelector('input')?.focus();
  }, [addressProblem]);
  return (
    <form
      ref={form}
      id={enrolmentFormId}
      noValidate
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <Field
        required
        label="Address of the gate"
        hint="By which people will open the console, such as https://sensor-07.plant.example.com. Plain http is for localhost alone."
        {...(addressProblem === null ? {} : { validationMessage: addressProblem })}
      >
        <Input
          type="url"
          value={address}
          spellCheck={false}
          autoComplete="off"
          onChange={(_, { value }) => setAddress(value)}
        />
      </Field>
    </form>
  );
}
