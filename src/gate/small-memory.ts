import { setFlagsFromString } from 'node:v8';

/**
 * A gate is to run within 100 MB (decision 017). For a process that is a gate alone, before anything
 * else is loaded: loading makes the space for young objects grow, and begins what isn't to be optimised.
 */
export function keepMemorySmall(): void {
  keepYoungSpaceSmall();
  keepOldSpaceSmall();
  keepParserAsItIs();
}

/**
 * By itself V8 lets the space for young objects grow to 48 MB under load and never gives it back;
 * requests leave little behind that lasts, so its first size does. It is looked through often then,
 * and one thread does that in half the time that it takes to wake others.
 */
function keepYoungSpaceSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-parallel-scavenge');
}

/**
 * What is under way while the young space is looked through gets into the old one, and is garbage there
 * a moment later: under full load V8 let 65 MB of it come together before it looked. Now it looks once
 * the old space has grown by a tenth, or by the least step that V8 takes.
 */
function keepOldSpaceSmall(): void {
  setFlagsFromString('--heap-growing-percent=10');
}

/**
 * undici's parser is WebAssembly, most of it one large function. Once that has run for a while, V8
 * optimises it, which takes 30 MB for a moment, and makes a small page through the proxy 3 % cheaper.
 */
function keepParserAsItIs(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
