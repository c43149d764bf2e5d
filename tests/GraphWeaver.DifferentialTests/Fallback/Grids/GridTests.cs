using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Fallback.Grids;

/// <summary>
/// The four generated grids C01 to C04: A after B in C over constant scalars, constant arrays with set-item, constant tensors and run-time
/// values. The unwoven program says what is right; of a constant one nothing but its result may remain.
/// </summary>
public sealed class GridTests
{
#if DEBUG
    private const OptimizationLevel Optimization = OptimizationLevel.Debug;
#else
    private const OptimizationLevel Optimization = OptimizationLevel.Release;
#endif

    private static readonly Lazy<WovenProgram> Scalars = Program(GridStatements.Scalars);
    private static readonly Lazy<WovenProgram> Arrays = Program(GridStatements.Arrays);
    private static readonly Lazy<WovenProgram> Tensors = Program(GridStatements.Tensors);
    private static readonly Lazy<WovenProgram> RunTime = Program(GridStatements.RunTime);

    public static TheoryData<string> Cells => [.. GridCell.All.Select(cell => cell.Name)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void C01_constant_scalars_fold_whole(string cell) => AssertFoldedWhole(Scalars.Value, cell);

    [Theory]
    [MemberData(nameof(Cells))]
    public void C02_constant_arrays_fold_whole(string cell) => AssertFoldedWhole(Arrays.Value, cell);

    [Theory]
    [MemberData(nameof(Cells))]
    public void C03_constant_tensors_fold_whole(string cell) => AssertFoldedWhole(Tensors.Value, cell);

    [Theory]
    [MemberData(nameof(Cells))]
    public void C04_run_time_values_go_the_same_way(string cell)
    {
        foreach (var n in new[] { 0, 1, 2, 5, 13 })
        {
            RunTime.Value.AssertSame("Grid", cell, () => [Tensor.Create(new[] { 1f, -2f, n }), n]);
        }

        RunTime.Value.AssertSame("Grid", cell, () => [null, 1]);
        RunTime.Value.AssertSame("Grid", cell, () => [Tensor.Create(Array.Empty<float>()), 1]);
        var report = RunTime.Value.MethodReport("Grid." + cell);
        Assert.True(report.Kernels > 0);
        Assert.Equal(0, report.Fallbacks);
        Assert.Empty(CodePins.Seen(report));
    }

    [Fact]
    public void Four_grids_are_192_programs_with_names_of_their_own()
    {
        var sources = new[] { GridStatements.Scalars, GridStatements.Arrays, GridStatements.Tensors, GridStatements.RunTime }.Select(GridPrograms.Source);
        var programs = sources.SelectMany(source => source.Split("[Graph]").Skip(1)).ToList();
        Assert.Equal(192, programs.Distinct().Count());
    }

    private static void AssertFoldedWhole(WovenProgram program, string cell)
    {
        program.AssertSame("Grid", cell);
        var report = program.MethodReport("Grid." + cell);
        var log = string.Join("\n", report.Diagnostics.Select(diagnostic => $"{diagnostic.Location?.Line}: {diagnostic.Descriptor.Code} {diagnostic.Message}"));
        using var module = CecilModules.Read(program.Image);
        var remaining = RemainingCode.Of(module.GetType("Grid").Methods.Single(method => method.Name == cell));
        Assert.True((remaining, report.Kernels, report.Fallbacks) == ("", 0, 0), $"remaining '{remaining}', kernels {report.Kernels}, fallbacks {report.Fallbacks}\n{log}");
        Assert.Empty(CodePins.Seen(report));
    }

    private static Lazy<WovenProgram> Program(GridStatements statements) => new(() => new WovenProgram(GridPrograms.Source(statements), Optimization));
}
