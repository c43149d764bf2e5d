using System.Globalization;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Evaluator;

/// <summary>
/// What a program may look at without being told: culture and hash codes. Each worker has others, so a result that depends on
/// them differs between the two. (The time zone and the culture data come with the process's environment.)
/// </summary>
internal sealed class Surroundings
{
    private const int HashCodesSkipped = 7;
    private readonly CultureInfo culture;

    public Surroundings(bool altered)
    {
        culture = altered ? Alter() : CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = culture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        for (var i = 0; altered && i < HashCodesSkipped; i++)
        {
            RuntimeHelpers.GetHashCode(new object());
        }
    }

    /// <summary>Puts the culture back, whatever an earlier slice made of it.</summary>
    public void Begin()
    {
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }

    /// <summary>
    /// A clone, never a named culture: those throw under globalisation-invariant mode. Its symbols are longer than the invariant ones too, so
    /// that a text's length tells as much as the text.
    /// </summary>
    private static CultureInfo Alter()
    {
        var altered = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var numbers = altered.NumberFormat;
        numbers.NumberDecimalSeparator = numbers.CurrencyDecimalSeparator = numbers.PercentDecimalSeparator = ",,";
        numbers.NumberGroupSeparator = numbers.CurrencyGroupSeparator = numbers.PercentGroupSeparator = "''";
        numbers.NegativeSign = "\u2212-";
        numbers.PositiveSign = "\uFF0B\uFF0B";
        numbers.CurrencySymbol = "GW";
        numbers.PercentSymbol = "pc";
        numbers.NaNSymbol = "no number";
        numbers.PositiveInfinitySymbol = "infinite";
        numbers.NegativeInfinitySymbol = "negatively infinite";
        var dates = altered.DateTimeFormat;
        dates.ShortDatePattern = "dd. MM. yyyy";
        dates.LongDatePattern = "d. MMMM yyyy";
        dates.ShortTimePattern = "HH . mm";
        dates.LongTimePattern = "HH . mm . ss";
        dates.FirstDayOfWeek = DayOfWeek.Monday;
        dates.MonthNames = [.. dates.MonthNames.Select(name => name.ToLowerInvariant())];
        dates.DayNames = [.. dates.DayNames.Select(name => name.ToLowerInvariant())];
        altered.TextInfo.ListSeparator = ";";
        return CultureInfo.ReadOnly(altered);
    }
}
