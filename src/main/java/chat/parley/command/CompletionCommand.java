package chat.parley.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parley completion bash} */
@Command(
    name = "completion",
    header = "Prints what makes the shell complete commands and flags.",
    description = {
      "  alias parley='java -jar /opt/parley/parley.jar'",
      "  source <(parley completion bash)",
      "",
      "In zsh after 'autoload -U +X bashcompinit && bashcompinit'."
    })
final class CompletionCommand implements Callable<Integer> {
  /** In small letters, as they are typed. */
  enum Shell {
    bash
  }

  private final Commands.Around around;

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash")
  private Shell shell;

  CompletionCommand(Commands.Around around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    around.out().print(AutoComplete.bash("parley", Commands.line(around)));
    return 0;
  }
}
