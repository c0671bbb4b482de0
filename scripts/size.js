// Keeps the sign-in page small. The limit isn't a number that ages: React and MSAL alone are built
// beside it, so that an update of either moves both sides.
import { baselineBytes, scriptBytes, scriptBytesWith } from './page-scripts.js';
import { root } from './run.js';

const built = `${root}dist/web`;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

try {
  const baseline = await baselineBytes();
  const checks = [
    { what: 'sign-in page', bytes: await scriptBytes(built, 'index.html'), limit: baseline * 1.5 },
    {
      what: 'page at a gate',
      bytes: await scriptBytesWith(built, 'index.html', 'sensor-surface'),
      limit: baseline * 1.5,
    },
    { what: 'redirect bridge', bytes: await scriptBytes(built, 'redirect.html'), limit: 6_000 },
  ];
  console.log(`React and MSAL alone: ${kilobytes(baseline)} (all figures compressed with gzip)`);
  for (const { what, bytes, limit } of checks) {
    const verdict = bytes <= limit ? 'within' : 'MORE THAN';
    console.log(`${what}: ${kilobytes(bytes)}, ${verdict} ${kilobytes(limit)}`);
    if (bytes > limit) process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
