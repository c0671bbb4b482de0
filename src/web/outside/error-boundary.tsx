import { Component, type ReactNode } from 'react';
import { reloadForMissingPart } from '../load-part.ts';
import { OutsidePage } from './outside-page.tsx';

/** The last resort: a defect, or a part of the page that couldn't be loaded after an update. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  override componentDidCatch(error: unknown): void {
    reloadForMissingPart(error);
  }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <OutsidePage title="This page couldn’t be shown">
        <p>
          Part of Gatehouse didn’t load or failed. It may have been updated a moment ago. Loading
          the page anew usually mends it; if it doesn’t, tell whoever runs Gatehouse what stands
          below.
        </p>
        <p className="outside-code">{error instanceof Error ? error.message : 'unknown'}</p>
        <div className="outside-actions">
          <button type="button" className="outside-primary" onClick={() => location.reload()}>
            Load the page anew
          </button>
        </div>
      </OutsidePage>
    );
  }
}
