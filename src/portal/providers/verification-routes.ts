import { desc, eq } from 'drizzle-orm';
import {
  getVerification,
  startVerification,
  trySpaProvider,
} from '../../contract/provider-verification.ts';
import type { Routes } from '../http/serve.ts';
import type { BeginSignIn } from '../http/web-providers.ts';
import { providerVerifications } from '../storage/provider-schema.ts';
import { environmentId } from './environment-registration.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { requireProvider } from './provider-store.ts';
import { shownVerification } from './shown-verification.ts';
import { beginVerification } from './start-verification.ts';
import { trySpa } from './try-spa.ts';

/** Verify Integration: a real sign-in that tries what was entered. */
export function verificationRoutes(deps: ProviderDeps, beginSignIn: BeginSignIn): Routes {
  const { db } = deps.database;
  return (serve) => {
    serve(startVerification, ({ params, body, asker, address, reply }) =>
      beginVerification(
        { ...params, credentialId: body.credentialId },
        { asker, address },
        reply,
        beginSignIn,
        deps,
      ),
    );

    serve(getVerification, async ({ params }) => {
      // Nothing of the environment's is ever verified here.
      if (params.providerId === environmentId) return { verification: null };
      const { row } = await requireProvider(db, params.providerId);
      const [latest] = await db
        .select()
        .from(providerVerifications)
        .where(eq(providerVerifications.providerId, row.id))
        .orderBy(desc(providerVerifications.startedAt), desc(providerVerifications.id))
        .limit(1);
      return {
        verification: latest === undefined ? null : shownVerification(latest, deps.now()),
      };
    });

    serve(trySpaProvider, async ({ params, body, asker, address }) => ({
      verification: await trySpa(params.providerId, body, { asker, address }, deps),
    }));
  };
}
