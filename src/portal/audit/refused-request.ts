import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { target } from '../../contract/target.ts';
import { refusals } from '../../domain/refusal.ts';
import { targetKey, type Target } from '../../domain/target.ts';
import { actorOf } from '../http/principal.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { placeOf, type AccessSnapshot } from '../storage/access-snapshot.ts';
import type { StoredActor } from '../storage/schema.ts';

/** What somebody who is signed in was refused, as far as it is known. */
export interface RefusedRequest {
  readonly actor: StoredActor;
  readonly address: string;
  /** What it would have done, in words. */
  readonly subject: string;
  readonly method: string;
  readonly route: string;
  readonly code: string;
  readonly permission: string | null;
  readonly reason: string | null;
  /** Names of what it was about, by their keys. */
  readonly targets: ReadonlyMap<string, string>;
  readonly siteIds: readonly string[];
}

const risk = z.object({ target: target.loose() });
const toldOf = z.object({
  permission: z.string().optional(),
  reason: z.string().optional(),
  target: target.optional(),
  targets: z.array(target).default([]),
  lockoutRisks: z.array(risk).default([]),
});

/**
 * A request that failed with 403, or with 409 `lockout` (R9); null for every other failure, where
 * nobody is signed in, and for refused sign-ins, which are recorded where sign-ins are. Only what
 * the server knows by itself gets in, nothing of what was sent (R20).
 */
export function refusedRequest(request: FastifyRequest, error: unknown): RefusedRequest | null {
  if (!(error instanceof ProblemError) || Object.hasOwn(refusals, error.code)) return null;
  if (error.status !== 403 && error.code !== 'lockout') return null;
  const admitted = request.admitted;
  if (admitted === null || admitted.principal === null) return null;
  const { url = '', config } = request.routeOptions;
  const told = toldOf.safeParse(error.details ?? {}).data;
  const snapshot = admitted.asker?.snapshot;
  const about = snapshot === undefined ? nothing : aboutOf(request, told, snapshot);
  return {
    actor: actorOf(admitted.principal),
    address: request.ip,
    subject: config.summary ?? url,
    method: request.method,
    route: url,
    code: error.code,
    permission: told?.permission ?? null,
    reason: told?.reason ?? null,
    ...about,
  };
}

const nothing = { targets: new Map<string, string>(), siteIds: [] };

function aboutOf(
  { params }: FastifyRequest,
  told: z.output<typeof toldOf> | undefined,
  snapshot: AccessSnapshot,
): Pick<RefusedRequest, 'targets' | 'siteIds'> {
  const named = told?.lockoutRisks.map((one) => one.target) ?? [];
  const single = told?.target === undefined ? [] : [told.target];
  const concerned: Target[] = [...single, ...(told?.targets ?? []), ...named];
  const targets = new Map(concerned.map((one) => [targetKey(one), nameOf(one, snapshot)]));
  const { settingId } = (params ?? {}) as { readonly settingId?: string };
  const setting = settingId === undefined ? undefined : snapshot.settings.get(settingId);
  if (setting !== undefined) {
    targets.set(`setting:${setting.id}`, `SSO setting "${setting.name}" (${setting.id})`);
    concerned.push(...setting.targets);
  }
  const siteIds = concerned.flatMap((one) => placeOf(one, snapshot)?.siteId ?? []);
  return { targets, siteIds: [...new Set(siteIds)] };
}

function nameOf({ kind, id }: Target, snapshot: AccessSnapshot): string {
  const places = { site: snapshot.sites, zone: snapshot.zones, sensor: snapshot.sensors }[kind];
  return `${kind} "${places.get(id)?.name ?? ''}" (${id})`;
}
