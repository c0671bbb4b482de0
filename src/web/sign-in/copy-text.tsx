import { useState } from 'react';

/** Copies what is to be quoted or asked for. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <>
      <button
        type="button"
        className="outside-small"
        onBlur={() => setCopied(false)}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {copied ? 'Copied' : label}
      </button>
      <output className="outside-hidden">{copied ? 'Copied' : ''}</output>
    </>
  );
}
