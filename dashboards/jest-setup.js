import './.config/jest-setup';

// jsdom measures nothing, so there is nothing to observe.
global.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
