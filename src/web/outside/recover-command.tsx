/** What whoever runs the server runs there for a recovery link: installed, or from its folder. */
export function RecoverCommand() {
  return (
    <>
      <code>gatehouse recover</code> (from its folder: <code>node dist/cli.js recover</code>)
    </>
  );
}
