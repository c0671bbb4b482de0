import { bundleMediaType, gatePaths, longestWait } from '../../contract/gate-protocol.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { entityTag } from '../http/if-match.ts';
import type { BundleHub, SignedBundle } from './bundle-hub.ts';
import type { BundleSource } from './bundle-source.ts';
import type { GateRoutes } from './gate-call.ts';
import type { GateDirectory } from './gate-directory.ts';
import { revoked } from './identify-gate.ts';

export interface BundleRouteDependencies {
  readonly hub: BundleHub;
  readonly source: BundleSource;
  readonly directory: GateDirectory;
}

/** The numbers that bundles had, by gate: what a gate says it holds is named by the tag alone. */
type SentNumbers = Map<string, Pick<SignedBundle, 'tag' | 'number'>>;

/** GET /gate/v1/bundle: at once what the gate hasn't got, or 304 after it has waited for it. */
export function bundleRoute({ hub, source, directory }: BundleRouteDependencies): GateRoutes {
  const sent: SentNumbers = new Map();
  return (serveGate) => {
    serveGate({ method: 'GET', url: gatePaths.bundle }, async ({ gate, request, reply }) => {
      const held = heldTag(request.headers['if-none-match']);
      if (held !== null) {
        const last = sent.get(gate.id);
        const number = last?.tag === held ? last.number : null;
        directory.holds(gate.id, held, number);
        const view = source.current() ?? (await source.fresh());
        // Revoked since its assertion was judged: those who wait were told before it came to them.
        if (directory.byId(gate.id) === null) throw revoked();
        if (view.tagOf(gate) === held) {
          const seconds = wantedWait(request.headers['prefer']);
          const outcome =
            seconds === 0
              ? 'unchanged'
              : await hub.wait(gate, held, seconds, (gone) => reply.raw.once('close', gone));
          if (outcome === 'revoked') throw revoked();
          if (outcome !== 'changed') {
            // Only what is known to be in force is confirmed.
            if (outcome === 'unchanged') await source.fresh();
            else reply.header('connection', 'close');
            return reply.code(304).header('etag', entityTag(held)).send();
          }
        }
      }
      const bundle = await hub.bundleFor(gate.id);
      if (bundle === null) throw noBundle(directory, gate.id);
      sent.set(gate.id, { tag: bundle.tag, number: bundle.number });
      return reply.type(bundleMediaType).header('etag', entityTag(bundle.tag)).send(bundle.jws);
    });
  };
}

function noBundle(directory: GateDirectory, gateId: string): ProblemError {
  if (directory.byId(gateId) === null) return revoked();
  return new ProblemError(503, 'no_bundle', 'There is no bundle for this gate yet.', {
    headers: { 'retry-after': '5' },
  });
}

/** The tag that `If-None-Match` names, or null. */
export function heldTag(header: string | undefined): string | null {
  return /^(?:W\/)?"([\x21\x23-\x7e]{1,100})"$/u.exec(header?.trim() ?? '')?.[1] ?? null;
}

/** Seconds that the gate would wait for (RFC 7240, section 4.3), as many as are given at most. */
export function wantedWait(header: string | string[] | undefined): number {
  const wait = /(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/iu.exec(String(header ?? ''))?.[1];
  return Math.min(Number(wait ?? 0), longestWait);
}
