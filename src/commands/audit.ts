import { verifyAuditChain } from '../portal/audit/verify.ts';
import { withExistingDatabase } from './existing-database.ts';

const problems = {
  changed: 'was changed after it was written',
  missing: 'is missing',
  broken_link: 'doesn’t follow from the entry before it',
} as const;

/** `gatehouse audit verify`: checks the hash chain of the audit log (R18). */
export async function audit([action]: readonly string[]): Promise<void> {
  if (action !== 'verify') throw new Error('There is one command here: gatehouse audit verify');
  await withExistingDatabase(async (database) => {
    const verdict = await verifyAuditChain(database);
    if (!verdict.intact) {
      throw new Error(
        `The audit log is not intact: entry ${verdict.sequence} ${problems[verdict.problem]}.`,
      );
    }
    console.log(
      `The audit log is intact: ${verdict.entries} entries. Hash of the last one, to keep elsewhere:\n${verdict.lastHash}`,
    );
  });
}
