/** The wizard's steps, in order, with the source system's labels. */
export const settingSteps = [
  { id: 'basics', label: 'Basics' },
  { id: 'settings', label: 'Settings' },
  { id: 'apply', label: 'Apply' },
  { id: 'review', label: 'Review and create' },
] as const;

export type SettingStep = (typeof settingSteps)[number]['id'];

/** The step that an address asks for; the first for anything else. */
export function stepFrom(value: string | null): SettingStep {
  return settingSteps.find((step) => step.id === value)?.id ?? 'basics';
}

export function stepLabel(step: SettingStep): string {
  return settingSteps.find((one) => one.id === step)?.label ?? step;
}

/** The step before or after, or null at the ends. */
export function stepBeside(step: SettingStep, offset: -1 | 1): SettingStep | null {
  const index = settingSteps.findIndex((one) => one.id === step);
  return settingSteps[index + offset]?.id ?? null;
}
