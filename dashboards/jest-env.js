const { TestEnvironment } = require('jest-environment-jsdom');
const { MessageChannel } = require('worker_threads');

/** jsdom has no MessageChannel, which React 19 needs; open ports would keep the process alive. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    const open = (this.open = []);
    this.global.MessageChannel = class {
      constructor() {
        const channel = new MessageChannel();
        open.push(channel);
        this.port1 = channel.port1;
        this.port2 = channel.port2;
      }
    };
  }

  async teardown() {
    for (const channel of this.open) {
      channel.port1.close();
      channel.port2.close();
    }
    await super.teardown();
  }
};
