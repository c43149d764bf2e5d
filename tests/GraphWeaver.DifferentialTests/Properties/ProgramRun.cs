using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;

using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>
/// Calls one program and takes snapshots: two calls with each set of arguments, the second on what the first left. After each call
/// something is written through every tensor and array met, so that shared memory shows, and a constant handed out twice.
/// </summary>
internal sealed class ProgramRun(Assembly assembly, string name, Setting setting)
{
    private readonly Type type = assembly.GetType(name, throwOnError: true)!;
    private readonly Type library = assembly.GetType("Lib", throwOnError: true)!;

    /// <summary>A snapshot for each call.</summary>
    public IReadOnlyList<Snapshot> All()
    {
        lock (Observation.ConsoleLock)
        {
            var console = Console.Out;
            try
            {
                return [.. Enumerable.Range(0, ProgramArguments.Sets).SelectMany(Two)];
            }
            finally
            {
                Console.SetOut(console);
            }
        }
    }

    private IEnumerable<Snapshot> Two(int set)
    {
        var target = setting.Container == Container.Static ? null : Activator.CreateInstance(type);
        foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public).Concat(library.GetFields()))
        {
            field.SetValue(null, field.FieldType.IsValueType ? Activator.CreateInstance(field.FieldType) : null);
        }

        type.GetField("F0")!.SetValue(target, ProgramArguments.Field(setting, set));

        return [One(target, ProgramArguments.Of(setting, set)), One(target, ProgramArguments.Of(setting, set))];
    }

    private Snapshot One(object? target, object?[] arguments)
    {
        var snapshot = new Snapshot();
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(output);
        object? result = null;
        try
        {
            result = type.GetMethod("M")!.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
        catch (Exception thrown)
        {
            snapshot.Text("exception", $"{thrown.GetType()}: {thrown.Message}");
        }

        snapshot.Text("output", output.ToString());
        Describe(snapshot, result, target, arguments);
        var objects = snapshot.Objects.ToList();
        for (var i = 0; i < objects.Count; i++)
        {
            Write(objects[i], i);
        }

        snapshot.Text("written", "");
        var after = new Snapshot();
        Describe(after, result, target, arguments);
        snapshot.Append(after);
        return snapshot;
    }

    private void Describe(Snapshot snapshot, object? result, object? target, object?[] arguments)
    {
        snapshot.Value("result", result);
        for (var i = 0; i < arguments.Length; i++)
        {
            snapshot.Value("argument " + i, arguments[i]);
        }

        foreach (var field in type.GetFields().OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            snapshot.Value(field.Name, field.GetValue(target));
        }

        snapshot.Value("Lib.Count", library.GetField("Count")!.GetValue(null));
        snapshot.Value("Lib.Kept", library.GetField("Kept")!.GetValue(null));
    }

    private static void Write(object target, int number)
    {
        switch (target)
        {
            case Tensor<float> { IsEmpty: false } tensor:
                tensor.GetPinnableReference() = 1000 + number;
                break;
            case Tensor<double> { IsEmpty: false } tensor:
                tensor.GetPinnableReference() = 1000 + number;
                break;
            case Tensor<int> { IsEmpty: false } tensor:
                tensor.GetPinnableReference() = 1000 + number;
                break;
            case float[] { Length: > 0 } array:
                array[^1] = 2000 + number;
                break;
            case double[] { Length: > 0 } array:
                array[^1] = 2000 + number;
                break;
            case int[] { Length: > 0 } array:
                array[^1] = 2000 + number;
                break;
        }
    }
}
