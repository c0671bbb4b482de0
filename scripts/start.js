// `npm start`: builds what changed, then becomes the demo. One process and not two commands of a
// shell, which would keep a signal that npm passes on (a supervisor's, say) to itself.
import { root, run } from './run.js';

try {
  await run(process.execPath, [`${root}scripts/build.js`]);
} catch {
  // The build has said why.
  process.exit(1);
}
process.argv = [process.execPath, `${root}dist/cli.js`, 'demo'];
await import(`${root}dist/cli.js`);
