import { keyId, seal, sealedBy, unseal } from './sealed.ts';

/** Encrypts what is stored and must stay secret (R20). */
export interface SecretBox {
  /** `context` says what the secret is of, such as `credential <id>`: the same is needed to read it. */
  readonly seal: (plaintext: string, context: string) => string;
  /** Throws StorageError: no key of ours, or not what was written. */
  readonly unseal: (sealed: string, context: string) => string;
}

/**
 * The first key encrypts, all of them decrypt. `readKeys` is asked again for what none of the known
 * ones encrypted: they may have been changed meanwhile, by `gatehouse secrets rekey`.
 */
export function createSecretBox(readKeys: () => readonly [Buffer, ...Buffer[]]): SecretBox {
  let keys = readKeys();
  const keyFor = (sealed: string): Buffer | undefined =>
    keys.find((key) => keyId(key) === sealedBy(sealed));
  return {
    seal(plaintext, context) {
      keys = readKeys();
      return seal(keys[0], plaintext, context);
    },
    unseal(sealed, context) {
      let key = keyFor(sealed);
      if (key === undefined) {
        keys = readKeys();
        key = keyFor(sealed);
      }
      return unseal(key ?? keys[0], sealed, context);
    },
  };
}
