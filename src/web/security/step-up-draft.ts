/** The authentication context as it is typed: plain data, so that nothing is taken away meanwhile. */
export interface StepUpDraft {
  readonly on: boolean;
  readonly context: string;
}

export function draftOfContext(stepUpContext: string | null): StepUpDraft {
  return { on: stepUpContext !== null, context: stepUpContext ?? 'c1' };
}

/** The setting that a draft makes; undefined where it can't be saved as it is. */
export function contextOf({ on, context }: StepUpDraft): string | null | undefined {
  if (!on) return null;
  const typed = context.trim().toLowerCase();
  return /^c[1-9]\d?$/u.test(typed) ? typed : undefined;
}

export function contextText(stepUpContext: string | null | undefined): string {
  return stepUpContext === null ? 'Off' : (stepUpContext ?? 'Not c1 to c99');
}
