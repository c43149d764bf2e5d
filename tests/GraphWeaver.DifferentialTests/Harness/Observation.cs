using System.Collections;
using System.Diagnostics;
using System.Globalization;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>
/// Everything observable about one call, as text: result, exception, output, the arguments as the call left them, and the state it left
/// behind. Reading the state may itself run code of the program's: what that prints is told apart from what the call printed.
/// </summary>
public sealed record Observation(string Result, string Exception, string Output, string Arguments, string State)
{
    /// <summary>Whoever takes the process's output for itself holds it meanwhile.</summary>
    internal static readonly Lock ConsoleLock = new();

    static Observation()
    {
        Trace.Listeners.Clear();
        Trace.Listeners.Add(new ThrowingListener());
    }

    public static Observation Of(Func<object?> call, object?[] arguments) => Of(call, arguments, () => "", out _);

    public static Observation Of(Func<object?> call, object?[] arguments, Func<string> state, out object? value)
    {
        lock (ConsoleLock)
        {
            var (standardOutput, standardError) = (Console.Out, Console.Error);
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            Console.SetOut(output);
            Console.SetError(error);
            value = null;
            var (result, exception) = ("", "");
            try
            {
                value = call();
                result = ValueText.Of(value);
            }
            catch (Exception thrown)
            {
                exception = Describe(thrown);
            }
            finally
            {
                Console.SetOut(standardOutput);
                Console.SetError(standardError);
            }

            var written = output + (error.ToString() is { Length: > 0 } lines ? "stderr: " + lines : "");
            return new Observation(result, exception, written, ValueText.Of(arguments), Read(state));
        }
    }

    private static string Read(Func<string> state)
    {
        var standardOutput = Console.Out;
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(output);
        try
        {
            return state() + output;
        }
        finally
        {
            Console.SetOut(standardOutput);
        }
    }

    private static string Describe(Exception exception)
    {
        var data = string.Concat(exception.Data.Cast<DictionaryEntry>().Select(entry => $" [{entry.Key}={entry.Value}]"));
        var inner = exception.InnerException is { } cause ? " <- " + Describe(cause) : "";
        return $"{exception.GetType().FullName}: {exception.Message}{data}{inner}";
    }

    /// <summary>A failed assertion ends a program; here it ends the call.</summary>
    private sealed class ThrowingListener : TraceListener
    {
        public override void Write(string? message) => Console.Write("trace: " + message);

        public override void WriteLine(string? message) => Console.WriteLine("trace: " + message);

        public override void Fail(string? message, string? detailMessage) => throw new InvalidOperationException($"assertion failed: {message}|{detailMessage}");
    }
}
