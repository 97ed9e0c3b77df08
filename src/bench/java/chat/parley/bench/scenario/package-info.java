/** The questions, one class each. */
package chat.parley.bench.scenario;
