import { OutsidePage } from './outside-page.tsx';

/** Says what is going on. What is quick isn't shown at all: it fades in late. */
export function Working({ title, text }: { title: string; text: string }) {
  return (
    <div className="outside-late">
      <OutsidePage title={title}>
        <output className="outside-working">
          <span className="outside-spinner" aria-hidden="true" />
          {text}
        </output>
      </OutsidePage>
    </div>
  );
}
