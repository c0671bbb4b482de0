import type { StateFile } from './state-file.ts';

/** Which applications each session (`sid`) gave a code to: those are told when it ends. */
export interface ApplicationsUsed {
  note: (sid: string, clientId: string) => Promise<void>;
  /** Client ids; from now on the session has used none. */
  take: (sid: string) => Promise<string[]>;
}

export async function createApplicationsUsed(
  file: StateFile<[string, string[]][]>,
): Promise<ApplicationsUsed> {
  const used = new Map((await file.read()) ?? []);
  const save = (): Promise<void> => file.write([...used]);
  return {
    async note(sid, clientId) {
      const clientIds = used.get(sid) ?? [];
      if (clientIds.includes(clientId)) return;
      used.set(sid, [...clientIds, clientId]);
      await save();
    },
    async take(sid) {
      const clientIds = used.get(sid);
      if (clientIds === undefined) return [];
      used.delete(sid);
      await save();
      return clientIds;
    },
  };
}
