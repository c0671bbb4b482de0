import { z } from 'zod';
import { consoleRulesAnswer } from '../../contract/console-rules.ts';
import { consoleMethods, defaultConsoleRules } from '../../domain/console-rules.ts';
import { targetKinds } from '../../domain/target.ts';
import type { SettingDraft } from './setting-draft.ts';

const group = z.object({ id: z.string(), displayName: z.string().nullable() });

const rules = z.array(
  z.object({
    effect: z.enum(['allow', 'refuse']),
    methods: z.array(z.enum(consoleMethods)),
    // Half a path is kept too.
    path: z.string(),
  }),
);

const keptDraft = z.object({
  /** Revision of the setting that the draft began from; null for a new one. */
  revision: z.string().nullable(),
  draft: z.object({
    subscriptionName: z.string(),
    name: z.string(),
    description: z.string(),
    clientId: z.string(),
    tenantId: z.string(),
    permissions: z.object({
      admin: z.array(group),
      securityAnalyst: z.array(group),
      readOnly: z.array(group),
    }),
    /** An older page kept none: they were the default then. */
    consoleRules: z
      .object({ securityAnalyst: rules, readOnly: rules })
      .default(() => consoleRulesAnswer(defaultConsoleRules)),
    targets: z.array(
      z.object({
        kind: z.enum(targetKinds),
        id: z.string(),
        name: z.string(),
        siteId: z.string(),
        siteName: z.string(),
        zoneName: z.string().nullable(),
      }),
    ),
    allowRulesConfirmed: z.boolean(),
    reason: z.string(),
    acknowledged: z.array(z.string()),
  }),
});

export interface KeptDraft {
  readonly revision: string | null;
  readonly draft: SettingDraft;
}

/** Where the draft of one person for one setting is kept; `settingId` null: a new setting. */
export function draftKey(objectId: string | null, settingId: string | null): string {
  return `gatehouse.sso-setting-draft.${objectId ?? 'recovery'}.${settingId ?? 'new'}`;
}

/** What was kept, or null; what can't be read (an older page's draft) counts as nothing. */
export function readDraft(storage: Pick<Storage, 'getItem'>, key: string): KeptDraft | null {
  try {
    const parsed = keptDraft.safeParse(JSON.parse(storage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps a draft for a reload or a new sign-in in this tab; a full or blocked storage loses only that. */
export function keepDraft(storage: Pick<Storage, 'setItem'>, key: string, kept: KeptDraft): void {
  try {
    storage.setItem(key, JSON.stringify(kept));
  } catch {
    // The wizard goes on without the safety net.
  }
}

export function dropDraft(storage: Pick<Storage, 'removeItem'>, key: string): void {
  try {
    storage.removeItem(key);
  } catch {
    // Nothing was kept there.
  }
}
