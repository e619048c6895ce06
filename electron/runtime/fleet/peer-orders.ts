import { errorResponse, type ResponseEnvelope } from '../../../shared/contract/index.ts';
import type { AppConfig } from '../../../shared/model/config.ts';
import { AnswerMemory } from '../../core/fleet/answer-memory.ts';
import { fleetPermissions, refusalOf } from '../../core/fleet/permissions.ts';
import { answerForFleet } from '../../core/fleet/what-leaves.ts';
import type { Clock } from '../../core/supervision/clock.ts';
import type { FleetOrder } from '../../fleet/types.ts';
import { type Dispatcher, readRequest } from '../dispatcher.ts';

export interface PeerOrderPorts {
  readonly clock: Clock;
  config(): AppConfig['fleet'];
  dispatch: Dispatcher['dispatch'];
}

/** Decides what other hosts may ask of this one, carries it out once, and answers without what stays at home. */
export class PeerOrders {
  readonly #ports: PeerOrderPorts;
  readonly #memory = new AnswerMemory();

  constructor(ports: PeerOrderPorts) {
    this.#ports = ports;
  }

  /** Never throws: every refusal is an envelope with a code, and has changed nothing. */
  async carryOut({ asker, digest, message, subject }: FleetOrder): Promise<ResponseEnvelope> {
    const request = readRequest(message);
    if (!request.ok) return request.response;
    const { command, payload, requestId } = request;
    const refusal = refusalOf({ command, payload, subject }, this.#ports.config().role);
    if (refusal !== null) return errorResponse(requestId, { code: 'not_allowed', message: refusal });
    const work = async () => {
      const answer = await this.#ports.dispatch(message, { trust: 'fleet', asker });
      return answer.ok ? { ...answer, payload: answerForFleet(command, answer.payload) } : answer;
    };
    // Reading twice does no harm, and its answers are long: only what changes something is remembered.
    if (fleetPermissions[command] !== 'operate') return work();
    const key = { asker: asker.hostId, requestId, digest };
    const monotonicMs = () => this.#ports.clock.monotonicMs();
    const seen = this.#memory.look(key, monotonicMs());
    switch (seen.kind) {
      case 'repeat':
        return seen.answer;
      case 'other':
        return errorResponse(requestId, {
          code: 'conflict',
          message: 'Another order of this host had this requestId. Give every order its own.',
        });
      case 'full':
        return errorResponse(requestId, {
          code: 'unavailable',
          message: 'This host carries out as many orders of others as it can. Ask again in a moment.',
        });
      case 'new': {
        const answer = work();
        this.#memory.keep(key, answer, monotonicMs);
        return answer;
      }
    }
  }
}
