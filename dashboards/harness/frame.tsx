import { createTheme, EventBusSrv, ThemeContext } from '@grafana/data';
import { GlobalStyles, PanelContextProvider } from '@grafana/ui';
import React, { type ReactNode } from 'react';

export const query = new URLSearchParams(location.search);
export const theme = createTheme({ colors: { mode: query.get('theme') === 'light' ? 'light' : 'dark' } });

/** What the test waits for and reads. */
export interface Outcome {
  react: string;
  ready: boolean;
  errors: string[];
  renderMs?: number;
  panels?: Array<{ id: number; title: string; empty: boolean }>;
}

export const outcome: Outcome = { react: React.version, ready: false, errors: [] };
(window as unknown as { outcome: Outcome }).outcome = outcome;

/** What Grafana puts around every panel. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <PanelContextProvider value={{ eventsScope: 'harness', eventBus: new EventBusSrv() } as never}>
        <div style={{ background: theme.colors.background.canvas, color: theme.colors.text.primary, padding: 8 }}>
          {children}
        </div>
      </PanelContextProvider>
    </ThemeContext.Provider>
  );
}
