/** R17: the way in that is left when nobody can sign in. */
export function RecoveryHint() {
  return (
    <>
      If nobody can sign in any more, whoever runs the sensor can open a recovery link: run{' '}
      <code>gatehouse gate recover</code> in its shell. The link is good once and for 15 minutes.
    </>
  );
}
