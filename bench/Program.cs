using BenchmarkDotNet.Running;
using GraphWeaver.Benchmarks;

if (args is ["--quick"])
{
    QuickComparison.Run();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(GeluBenchmarks).Assembly).Run(args);
}
