using GraphWeaver.Benchmarks;
using GraphWeaver.Benchmarks.Measuring;
using GraphWeaver.Benchmarks.Regressions;
using GraphWeaver.Benchmarks.Reporting;

switch (args)
{
    case ["--help" or "-h"]:
        Console.WriteLine(Options.Help);
        break;
    case ["first-call", var workload]:
        FirstCalls.Answer(workload);
        break;
    case ["document", .. var records] when records.Length > 0:
        Documentation.Write([.. records.Select(RunRecord.Read)]);
        break;
    case ["regressions", .. var rest]:
        RegressionCheck.Run(record: rest is ["--record"]);
        break;
    default:
        try
        {
            Comparison.Run(Options.Parse(args));
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"{e.Message}\n{Options.Help}");
            return 1;
        }

        break;
}

return 0;
