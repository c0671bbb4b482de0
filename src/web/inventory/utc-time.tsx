/** A time as the export has it, in UTC: "2026-05-12 08:31". */
export function UtcTime({ value }: { readonly value: string | null }) {
  if (value === null) return <span>Never</span>;
  return (
    <time dateTime={value}>{new Date(value).toISOString().slice(0, 16).replace('T', ' ')}</time>
  );
}
