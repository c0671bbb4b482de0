import { z } from 'zod';
import { guidForm } from '../domain/guid.ts';
import { unsafeText } from '../domain/unsafe-text.ts';

const messages = {
  control_character: 'has a control, invisible or text-direction character',
  line_break: 'must be on one line',
} as const;

function refuseUnsafe(text: string, context: z.RefinementCtx, allowLines: boolean): void {
  const problem = unsafeText(allowLines ? text.replaceAll(/\r?\n/gu, ' ') : text);
  if (problem !== null) context.addIssue({ code: 'custom', message: messages[problem] });
}

/** One line that people will read: trimmed, not empty, without characters that hide or reorder text. */
export function line(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1, 'is required')
    .max(maxLength, `must have at most ${maxLength} characters`)
    .superRefine((text, context) => refuseUnsafe(text, context, false));
}

/** A longer text; may be empty and may have line breaks. */
export function paragraph(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength, `must have at most ${maxLength} characters`)
    .superRefine((text, context) => refuseUnsafe(text, context, true));
}

/** An id: of Entra ID (object, tenant, application) or of ours. Always answered in lower case. */
export const guid = z
  .string()
  .trim()
  .regex(guidForm, 'must be a GUID, such as 6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee')
  .toLowerCase();

export const timestamp = z.iso.datetime();
