import { useEffect, useRef, useState } from 'react';
import { useForm, useWatch, type UseFormReturn } from 'react-hook-form';
import type { FieldError as RequestError } from '../../contract/problem.ts';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { isChanged, isEdited } from './draft-differences.ts';
import { dropDraft, keepDraft, type KeptDraft } from './draft-storage.ts';
import { draftOf, type SettingDraft } from './setting-draft.ts';
import {
  draftMessages,
  messagesAt,
  placeProblemErrors,
  settingFields,
  type FieldMessages,
  type PlacedErrors,
} from './setting-fields.ts';
import { settingSteps, type SettingStep } from './setting-steps.ts';
import type { StepState } from './step-indicator.tsx';

interface WizardDraftInput {
  readonly original: SsoSetting | null;
  readonly start: SettingDraft;
  readonly kept: KeptDraft | null;
  readonly storageKey: string;
}

export interface WizardDraft {
  readonly form: UseFormReturn<SettingDraft>;
  readonly values: SettingDraft;
  /** Revision that Save is based on; null for a new setting. */
  readonly revision: string | null;
  /** What was entered before a reload is back. */
  readonly restored: boolean;
  /** The setting as somebody else left it in the meantime (R7). */
  readonly conflict: SsoSetting | null;
  /** Would leaving lose something? Asked when it happens. */
  readonly mustAsk: () => boolean;
  readonly stepStates: Record<SettingStep, StepState>;
  /** Shows what is wrong at a step's fields; true when nothing is. */
  readonly checkStep: (step: SettingStep) => boolean;
  /** Shows the server's messages at their fields; gives them back, with those of no field. */
  readonly placeErrors: (errors: readonly RequestError[]) => PlacedErrors;
  readonly showConflict: (current: SsoSetting) => void;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly startOver: () => void;
  /** Forgets the draft: it was saved, or given up. */
  readonly discard: () => void;
}

/** The wizard's form, kept in the tab's session storage until it is saved or given up. */
export function useWizardDraft({
  original,
  start,
  kept,
  storageKey,
}: WizardDraftInput): WizardDraft {
  const form = useForm<SettingDraft>({ defaultValues: kept?.draft ?? start });
  const values = useWatch<SettingDraft>({ control: form.control }) as SettingDraft;
  // An older draft keeps its revision: saving it meets the newer one, and shows both (R7).
  const [base, setBase] = useState({
    draft: start,
    revision: kept === null ? (original?.revision ?? null) : kept.revision,
  });
  const [restored, setRestored] = useState(kept !== null && isEdited(kept.draft, start));
  const [conflict, setConflict] = useState<SsoSetting | null>(
    kept !== null && original !== null && kept.revision !== original.revision ? original : null,
  );
  const given = useRef(false);
  const edited = isEdited(values, base.draft);
  const changed = isChanged(values, base.draft);
  const { revision } = base;

  useEffect(() => {
    if (given.current) return;
    if (changed) keepDraft(sessionStorage, storageKey, { revision, draft: values });
    else dropDraft(sessionStorage, storageKey);
  }, [changed, revision, storageKey, values]);

  function show(messages: FieldMessages, focus: boolean): void {
    for (const [field, message] of messages) {
      if (field !== 'type') form.setError(field, { message });
    }
    const [first] = messages.keys();
    if (focus && first !== undefined && first !== 'type') form.setFocus(first);
  }

  function reset(draft: SettingDraft, basedOn: string | null): void {
    form.reset(draft);
    setBase({ draft, revision: basedOn });
    setConflict(null);
    setRestored(false);
  }

  return {
    form,
    values,
    revision,
    restored,
    conflict,
    mustAsk: () => edited && !given.current,
    stepStates: stepStates(values, form.formState.errors),
    checkStep: (step) => {
      const messages = messagesAt(step, draftMessages(values));
      show(messages, true);
      return messages.size === 0;
    },
    placeErrors: (errors) => {
      const placed = placeProblemErrors(errors);
      show(placed.fields, false);
      return placed;
    },
    showConflict: setConflict,
    keepMine: () => {
      if (conflict === null) return;
      setBase({ draft: draftOf(conflict), revision: conflict.revision });
      setConflict(null);
    },
    takeTheirs: () => {
      if (conflict !== null) reset(draftOf(conflict), conflict.revision);
    },
    startOver: () =>
      conflict === null ? reset(base.draft, revision) : reset(draftOf(conflict), conflict.revision),
    discard: () => {
      given.current = true;
      dropDraft(sessionStorage, storageKey);
    },
  };
}

function stepStates(values: SettingDraft, errors: object): Record<SettingStep, StepState> {
  const messages = draftMessages(values);
  const shown = new Set(
    Object.entries(settingFields)
      .filter(([field]) => hasError(errors, field.split('.')))
      .map(([, place]) => place.step),
  );
  const stateOf = (step: SettingStep): StepState => {
    if (shown.has(step)) return 'wrong';
    return step !== 'review' && messagesAt(step, messages).size === 0 ? 'done' : 'open';
  };
  const states = settingSteps.map(({ id }) => [id, stateOf(id)] as const);
  return Object.fromEntries(states) as Record<SettingStep, StepState>;
}

function hasError(errors: object, path: readonly string[]): boolean {
  let at: unknown = errors;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Readonly<Record<string, unknown>>)[part];
  }
  return typeof at === 'object' && at !== null && 'message' in at;
}
